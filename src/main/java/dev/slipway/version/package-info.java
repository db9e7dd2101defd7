/// The words of versions: commits, version tags, and which version a commit has.
///
/// Pure: what GitHub knows about tags comes in through [dev.slipway.version.TagHistory].
@NullMarked
package dev.slipway.version;

import org.jspecify.annotations.NullMarked;
