"""The process of `up`: HTTP port, child processes, embedded Prefect and runner."""
