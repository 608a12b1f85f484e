from django.db import models


class Heartbeat(models.Model):
    """When a part of the portal last did its work: a queue cluster a task, the dispatcher a round."""

    name = models.CharField(max_length=100, primary_key=True)
    beat_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name}: {self.beat_at:%H:%M:%S}"
