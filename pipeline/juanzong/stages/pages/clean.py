"""Lines -> lines without what tools, models and web pages put round the text. It runs before anything looks for
structure, so that no mark hides a title, a number or a heading; all of it goes by edit.

To add a pass: a function of the type `Pass` in a file of its own, entered below where it must run."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from juanzong.core.findings import Finding
from juanzong.core.ledger import Ledger
from juanzong.core.lines import Line
from juanzong.stages.pages.chatter import drop_chatter
from juanzong.stages.pages.coded_tables import plain_tables
from juanzong.stages.pages.column_rules import drop_column_rules
from juanzong.stages.pages.comments import drop_comments
from juanzong.stages.pages.csv_rows import plain_csv
from juanzong.stages.pages.dashed_ones import mend_dashed_ones
from juanzong.stages.pages.display_formulas import join_formulas
from juanzong.stages.pages.drawn_tables import plain_rules
from juanzong.stages.pages.escapes import unescape
from juanzong.stages.pages.fences import drop_fences
from juanzong.stages.pages.filled_cells import empty_cells
from juanzong.stages.pages.glyphs import plain_glyphs
from juanzong.stages.pages.grounding import drop_grounding
from juanzong.stages.pages.heading_marks import plain_headings
from juanzong.stages.pages.heading_tabs import blank_heading_tabs
from juanzong.stages.pages.image_details import drop_image_details
from juanzong.stages.pages.images import drop_image_marks
from juanzong.stages.pages.indents import strip_tabs
from juanzong.stages.pages.joined_heads import join_letterheads, join_signers, part_headings, part_numbers
from juanzong.stages.pages.joined_items import part_items
from juanzong.stages.pages.label_colons import put_label_colons
from juanzong.stages.pages.labelled_heads import drop_labelled_heads
from juanzong.stages.pages.latex_marks import drop_latex_marks
from juanzong.stages.pages.letter_spacing import close_letter_spacing
from juanzong.stages.pages.lone_bullets import join_lone_bullets
from juanzong.stages.pages.number_links import drop_number_links
from juanzong.stages.pages.numbers_twice import drop_numbers_twice
from juanzong.stages.pages.raised import raise_print
from juanzong.stages.pages.reference_links import plain_references
from juanzong.stages.pages.ruled_columns import plain_columns
from juanzong.stages.pages.separators import drop_separators
from juanzong.stages.pages.star_notes import raise_stars
from juanzong.stages.pages.stray_tags import part_tables
from juanzong.stages.pages.stuck_elements import part_elements, part_page_numbers
from juanzong.stages.pages.stuck_notes import part_notes
from juanzong.stages.pages.stuck_rows import part_rows
from juanzong.stages.pages.told_elements import drop_element_labels
from juanzong.stages.pages.vertical_titles import join_vertical_titles
from juanzong.stages.pages.wrappers import unwrap
from juanzong.stages.pages.written_ends import drop_written_ends
from juanzong.stages.pages.yaml_heads import drop_yaml_heads
from juanzong.stages.work import Work

Pass = Callable[[Sequence[Line], Ledger, list[Finding]], list[Line]]

PASSES: tuple[Pass, ...] = (
    plain_glyphs,  # first: marks without width stand anywhere
    drop_written_ends,  # before all that looks at how a line ends
    plain_csv,
    drop_image_details,  # before the fences: one may hold a drawing in code
    drop_fences,
    drop_yaml_heads,  # before the rules (---) that frame them
    drop_comments,  # before tags: a comment may hold some
    drop_grounding,
    plain_references,  # before the images: one may have its address elsewhere
    drop_image_marks,
    drop_number_links,
    part_rows,
    plain_tables,  # they become tables in HTML
    plain_columns,
    plain_rules,
    drop_column_rules,  # what plain_columns left; before the separators: some are of dashes alone, too
    empty_cells,
    part_tables,
    unwrap,
    raise_print,
    join_formulas,
    drop_latex_marks,  # before the headings: \noindent may stand before one
    plain_headings,  # before the escapes: a backslash may begin a command
    unescape,
    raise_stars,  # behind the escapes: \* is a star
    drop_labelled_heads,
    drop_separators,
    drop_chatter,  # behind separators: a model speaks page by page
    blank_heading_tabs,
    strip_tabs,
    drop_element_labels,
    put_label_colons,  # before the blanks go that part them
    close_letter_spacing,
    join_lone_bullets,
    drop_numbers_twice,
    part_items,  # before a chapter's heading is parted from its first article
    part_headings,
    part_page_numbers,
    part_elements,
    part_notes,
    join_vertical_titles,
    join_letterheads,
    join_signers,
    part_numbers,
    mend_dashed_ones,
)


def clean_lines(lines: Sequence[Line], ledger: Ledger, findings: list[Finding]) -> list[Line]:
    """The lines that hold the bundle's own text, in order."""
    out = list(lines)
    for step in PASSES:
        out = step(out, ledger, findings)
    return out


def clean_pages(work: Work) -> None:
    """Take up the bundle's lines as they were read, leave those that hold its own text."""
    work.lines = clean_lines(work.lines, work.ledger, work.findings)
