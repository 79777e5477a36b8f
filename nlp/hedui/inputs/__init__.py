"""What is to be read: names → places (files) → the documents in them, one at a time, with what is known of each.

One file may hold many documents (an archive, a crawl) and one list may name many files. Nothing is unpacked to
disk, and whatever is wrong with one of them costs no other.
"""

from hedui.inputs.contents import contents as contents
from hedui.inputs.given import Given as Given
from hedui.inputs.given import Input as Input
from hedui.inputs.given import Known as Known
from hedui.inputs.given import Place as Place
from hedui.inputs.given import Refused as Refused
from hedui.inputs.given import Skipped as Skipped
from hedui.inputs.places import Places as Places
from hedui.inputs.places import gather as gather
