"""The examination of an installation: every check, with a remedy for each problem."""

from launch_kits.server.doctor.examination import CheckResult, examine, mend

__all__ = ["CheckResult", "examine", "mend"]
