/// The words of GitOps files: a [KeyPath] names one scalar, and a [ValuesFile] replaces it while
/// every other byte stays. A file is decoded strictly, then its [Format] (YAML, JSON, dotenv) turns
/// the parser's events into nodes that know their place in the text; nothing is composed, so
/// aliases, duplicate keys and depth stay visible and nothing recurses without a bound. A finder
/// walks the key path through the nodes and refuses by name whatever is no value of its own: an
/// alias, a merge, a shared anchor, a template, a variable. The new text is written in the style of
/// the old, in quotes where any YAML 1.1 or 1.2 parser would read it as anything but a text, and
/// spliced in. At last the file is read again, and an edit counts only when exactly the one scalar
/// differs. [YamlMapping] reads the inputs that are YAML, with the same reader and no more types.
/// The only package that knows a YAML library; none of its types leaves it. No I/O.
@NullMarked
package dev.slipway.values;

import org.jspecify.annotations.NullMarked;
