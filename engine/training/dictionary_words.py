"""Which words of a dictionary a clean face has: what ENTED's latent of the damaged one is drawn to.

Three sources, best first: a trained autoencoder, an earlier state of the network itself, or the
network as it trains. The first two are frozen, and the network keeps their book as it is: where
the encoder that is drawn to the words also tells them, all words become one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.networks.codeformer import VQAutoencoder
from engine.networks.ented import Ented, EntedConfig
from engine.training import earlier

if TYPE_CHECKING:
    from engine.training.plan import Plan

#: Steps between two looks for codes that nobody uses.
RESEED_EVERY = 200


class DictionaryWords(nn.Module):
    """The source of the words.

    Args:
        plan: its data table's ``dictionary`` names an autoencoder's weights, ``words`` those of
            an earlier state of this network; without any that exists, the book is trained along.
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        data = plan.data
        self.coder: VQAutoencoder | None = None
        self.before: Ented | None = None
        if any(map(earlier.find, data.get("dictionary", []))):
            self.coder = VQAutoencoder().requires_grad_(requires_grad=False).eval()
            earlier.take(self.coder, earlier.weights(data["dictionary"]))
        elif any(map(earlier.find, data.get("words", []))):
            self.before = earlier.network(plan, "words", "ented", lambda t: Ented(EntedConfig(**t)))

    @property
    def kept(self) -> bool:
        """Whether the book stays as an earlier run left it."""
        return self.coder is not None or self.before is not None

    def give(self, network: Ented) -> None:
        """Puts the kept book into the network, where there is one."""
        if self.coder is not None:
            network.dictionary.load_state_dict(self.coder.quantize.state_dict())
        elif self.before is not None:
            network.dictionary.load_state_dict(self.before.dictionary.state_dict())
        if self.kept:
            network.dictionary.requires_grad_(requires_grad=False)

    def loss(self, network: Ented, x: Tensor, code: Tensor, step: int) -> Tensor:
        """Squared distance of the damaged face's latent to the clean one's words, a scalar.

        Of a book that is trained along, its own loss comes on top: on the encoding of the clean
        face alone, for damaged ones would pull it towards blur.

        Args:
            network: that trains.
            x: (N, 3, S, S) clean, in [-1, 1].
            code: (N, C, h, w), its latent of the damaged face.
            step: of the training.
        """
        if self.coder is not None:
            with torch.no_grad():
                return F.mse_loss(code.float(), self.coder.quantize(self.coder.encode(x)[0]).z_q)
        with torch.no_grad():
            clean = _encoded(network if self.before is None else self.before, x)
        if self.before is not None:
            book = self.before.dictionary
            return F.mse_loss(code.float(), book.lookup(book.nearest(clean)))
        book = network.dictionary
        if not book.started:
            book.start_from(clean)
        elif step % RESEED_EVERY == 0:
            book.reseed(clean)
        found = book(clean)
        words = book.lookup(found.indices).detach()
        loss: Tensor = F.mse_loss(code.float(), words) + found.codebook_loss
        return loss


def _encoded(network: Ented, x: Tensor) -> Tensor:
    """Clean (N, 3, S, S) -> its latent, float32; a clean face stands for its own restoration."""
    both = torch.cat([x, x], dim=1) if network.config.recovered else x
    code: Tensor = network.to_code(network.seen(both)[3])
    return code.float()
