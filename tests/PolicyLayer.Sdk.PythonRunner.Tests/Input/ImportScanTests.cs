using PolicyLayer.Sdk.Python.Input;

namespace PolicyLayer.Sdk.Python.Tests.Input;

public sealed class ImportScanTests
{
    [Theory]
    [InlineData("import math", "math,json,xml", "math")]
    [InlineData("print(1)", "math,json,xml", "")]
    [InlineData("import os, math", "math", "math")]
    [InlineData("import os", "math", "")]
    [InlineData("import xml.etree.ElementTree", "xml", "xml,xml.etree.ElementTree")]
    [InlineData("from xml.etree import ElementTree, other", "xml", "xml,xml.etree,xml.etree.ElementTree,xml.etree.other")]
    [InlineData("datetime.strptime('x', 'y')", "datetime", "datetime,_strptime,warnings")]
    [InlineData("require(); pre = 1; re_ = 2", "re", "")]
    [InlineData("__import__('re')", "re", "re")]
    [InlineData("import json.__main__", "json", "json")]
    [InlineData("from json import __main__", "json", "json")]
    [InlineData("import traceback", "traceback", "traceback,tokenize,codeop,difflib")]
    [InlineData("strptime", "math", "")]
    [InlineData("from collections import Counter\nCounter('aab').most_common(1)", "collections", "collections,collections.Counter,heapq")]
    [InlineData("import collections, heapq\nmost_common", "collections,heapq", "collections,heapq")]
    [InlineData("import statistics\nstatistics.mode([1])", "statistics", "statistics,heapq")]
    [InlineData("import math, xml.dom", "math,xml", "math,xml,xml.dom")]
    [InlineData("import math as m, xml.dom.minidom as d; x", "xml", "xml,xml.dom.minidom")]
    [InlineData("import math, \\\r\n  xml.dom", "xml", "xml,xml.dom")]
    [InlineData("from xml.dom import (\n    minidom,  # (small)\n    pulldom,\n)\nx", "xml", "xml,xml.dom,xml.dom.minidom,xml.dom.small,xml.dom.pulldom")]
    [InlineData("from xml.dom import(minidom)", "xml", "xml,xml.dom,xml.dom.minidom")]
    [InlineData("from xml.dom \\\n import \\\n  minidom\npulldom", "xml", "xml,xml.dom,xml.dom.minidom")]
    [InlineData("from xml import (dom", "xml", "xml,xml.dom")]
    [InlineData("importos\nfrom  . import x", "math", "")]
    public void Only_allowed_modules_that_are_mentioned_are_loaded(string code, string allowed, string expected) =>
        Assert.Equal(expected, string.Join(',', ImportScan.Preload(code, allowed.Split(','))));
}
