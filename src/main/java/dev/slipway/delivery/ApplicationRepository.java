package dev.slipway.delivery;

import dev.slipway.version.CommitLog;
import dev.slipway.version.TagHistory;

/// The repository that the run belongs to, port by port.
public record ApplicationRepository(
    TagHistory tags, CommitLog log, Releases releases, DeploymentLedger ledger) {}
