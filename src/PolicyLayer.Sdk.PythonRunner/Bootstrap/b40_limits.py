# Resource limits, soft = hard: what is not needed to compute is zero.

def limits(configuration):
    wanted = {
        resource.RLIMIT_AS: configuration.memory,
        resource.RLIMIT_DATA: configuration.memory,
        resource.RLIMIT_STACK: configuration.stack,
        resource.RLIMIT_CPU: configuration.cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_NOFILE: 4,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: 0,
        resource.RLIMIT_NICE: 0,
        resource.RLIMIT_RTPRIO: 0,
    }
    for kind, value in wanted.items():
        hard = resource.getrlimit(kind)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(kind, (value, value))
        except ValueError as error:
            raise OSError(str(error))
        if resource.getrlimit(kind) != (value, value):
            raise OSError('a limit was not kept')
