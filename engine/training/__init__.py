"""The training bed: data, degradation, losses, trainer, plans, export and evaluation."""
