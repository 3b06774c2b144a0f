# Which layers hold. A layer counts only when the kernel said so; a required one that does not hold ends everything.

class Refusal(Exception):
    def __init__(self, layer, reason):
        super().__init__(layer, reason)
        self.layer = layer
        self.reason = reason


class Layers:
    def __init__(self, configuration):
        self._required = configuration.required
        self._disabled = configuration.disabled
        self.holding = []
        self.missing = []
        self.reasons = {}

    def wanted(self, layer):
        return layer not in self._disabled

    def apply(self, layer, action, *arguments):
        try:
            if not self.wanted(layer):
                raise OSError('switched off')
            action(*arguments)
        except OSError as error:
            self.miss(layer, str(error))
        else:
            self.hold(layer)

    def hold(self, layer):
        if layer not in self.holding:
            self.holding.append(layer)

    def miss(self, layer, reason):
        if layer in self._required:
            raise Refusal(layer, reason)
        self.missing.append(layer)
        self.reasons[layer] = reason
