/// The words of versions: commits, version tags, which version a commit has, and which it gets.
///
/// [dev.slipway.version.VersionResolver] tells the version of a commit.
/// [dev.slipway.version.ReleasePolicy] decides whether a commit becomes a release: it places the
/// commit among the tags ([dev.slipway.version.Lineage]), takes what the commits since then ask for
/// ([dev.slipway.version.Judgement], one [dev.slipway.version.Verdict] for each commit) and answers
/// with a [dev.slipway.version.ReleaseDecision]. [dev.slipway.version.Changelog] tells the readers
/// of the release about it.
///
/// Pure: what GitHub knows about tags comes in through [dev.slipway.version.TagHistory].
@NullMarked
package dev.slipway.version;

import org.jspecify.annotations.NullMarked;
