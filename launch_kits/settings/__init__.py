"""Settings: the environment read once, secrets masked, a private home."""

from launch_kits.settings.environment import SECRETS, Settings
from launch_kits.settings.masking import SECRET

__all__ = ["SECRET", "SECRETS", "Settings"]
