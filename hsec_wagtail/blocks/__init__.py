"""StreamField blocks of a policy section."""

from hsec_wagtail.blocks.body import BodyBlock, load_bodies
from hsec_wagtail.blocks.contact import ContactBlock
from hsec_wagtail.blocks.documents import DocumentItemBlock, DocumentsBlock
from hsec_wagtail.blocks.edtf import EDTFBlock
from hsec_wagtail.blocks.funding import FundingBlock
from hsec_wagtail.blocks.initiatives import (
    InitiativeBlock,
    InitiativeDateBlock,
    InitiativesBlock,
)
from hsec_wagtail.blocks.links import LinkBlock, QuickLinkBlock
from hsec_wagtail.blocks.media import FigureBlock
from hsec_wagtail.blocks.members import MemberBlock, MembersBlock
from hsec_wagtail.blocks.notices import NoticeBlock
from hsec_wagtail.blocks.prose import InlineProseBlock, ParagraphBlock, ProseBlock
from hsec_wagtail.blocks.tables import TableBlock
from hsec_wagtail.blocks.targets import SafeURLBlock, safe_url
from hsec_wagtail.blocks.text import DetailsBlock, HeadingBlock, QuoteBlock

__all__ = [
    "BodyBlock",
    "ContactBlock",
    "DetailsBlock",
    "DocumentItemBlock",
    "DocumentsBlock",
    "EDTFBlock",
    "FigureBlock",
    "FundingBlock",
    "HeadingBlock",
    "InitiativeBlock",
    "InitiativeDateBlock",
    "InitiativesBlock",
    "InlineProseBlock",
    "LinkBlock",
    "MemberBlock",
    "MembersBlock",
    "NoticeBlock",
    "ParagraphBlock",
    "ProseBlock",
    "QuickLinkBlock",
    "QuoteBlock",
    "SafeURLBlock",
    "TableBlock",
    "load_bodies",
    "safe_url",
]
