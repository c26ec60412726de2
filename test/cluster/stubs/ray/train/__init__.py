from dataclasses import dataclass


@dataclass
class FailureConfig:
    max_failures: int


@dataclass
class RunConfig:
    failure_config: FailureConfig


@dataclass
class ScalingConfig:
    num_workers: int
    use_gpu: bool
