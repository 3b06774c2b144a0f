# allow: xml, math
import math, xml.etree.ElementTree as tree
from xml.dom import (
    minidom,  # (with its parser)
    pulldom,
)
from xml.sax import \
    saxutils

root = tree.fromstring("<shop><item price='3'/><item price='4'/></shop>")
print(sum(int(item.get("price")) for item in root), math.factorial(5))
print(minidom.parseString("<a><b>text</b></a>").documentElement.firstChild.toxml())
print(pulldom.START_ELEMENT)
print(saxutils.escape("1 < 2"))
