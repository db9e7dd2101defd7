/// The runner's side of a container action: starts the real image as the runner does and reads the
/// file commands as the runner does.
///
/// Written after the runner's own source,
/// https://github.com/actions/runner/tree/258d6c857db3519913f7deb6004b60172f8043ae/src/Runner.Worker
/// (v2.336.0). Where documentation and that source differ, the source is right.
package dev.slipway.container;
