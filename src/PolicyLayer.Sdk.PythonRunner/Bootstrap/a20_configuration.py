# What the host sends first: lines of `key=value`, written by it alone, so nothing here is guessed or defaulted.

class Configuration:
    def __init__(self, text):
        values = dict(line.split('=', 1) for line in text.splitlines())
        self.cpu_seconds = int(values['cpu_seconds'])
        self.memory = int(values['memory'])
        self.stack = int(values['stack'])
        self.output_limits = (int(values['stdout']), int(values['stderr']))
        self.required = self._names(values['required'])
        self.disabled = self._names(values['disabled'])
        self.allowed = self._names(values['allowed'])
        self.preload = self._names(values['preload'])
        self.codecs = values['codecs'] == '1'
        self.is_pooled = values['pooled'] == '1'
        self.numbers = {name: int(number) for name, number in
                        (pair.split(':') for pair in self._names(values['numbers']))}
        self.worker_filter = bytes.fromhex(values['worker_filter'])
        self.supervisor_filter = bytes.fromhex(values['supervisor_filter'])

    @staticmethod
    def _names(text):
        return text.split(',') if text else []
