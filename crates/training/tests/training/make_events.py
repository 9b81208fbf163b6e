"""Writes events.out.tfevents.small with tensorboardX 2.6: a training loss of 1/step, and a validation loss."""

import glob
import os
import tempfile

from tensorboardX import SummaryWriter

with tempfile.TemporaryDirectory() as folder:
    writer = SummaryWriter(folder)
    for step in range(1, 21):
        writer.add_scalar("train/loss", 1 / step, step, walltime=1_700_000_000 + step)
        if step % 5 == 0:
            writer.add_scalar("eval/loss", 1 / step + 0.1, step, walltime=1_700_000_000 + step)
    writer.close()
    (path,) = glob.glob(os.path.join(folder, "*"))
    here = os.path.dirname(os.path.abspath(__file__))
    with open(path, "rb") as source, open(os.path.join(here, "events.out.tfevents.small"), "wb") as target:
        target.write(source.read())
