package dev.slipway.delivery;

import java.util.List;

/// A rollback that is planned: the same story as a delivery, with other inputs.
///
/// @param inputs with the earlier values
/// @param run with the earlier commit
/// @param left entries of the ledger that it leads back from
record Retreat(Inputs inputs, RunContext run, Plan plan, List<String> left) {}
