-- Run once, when the container makes its database of launches: Prefect's server keeps its own beside it.
CREATE DATABASE prefect;
