"""The process of `up`: HTTP application, child processes, embedded Prefect, runner."""
