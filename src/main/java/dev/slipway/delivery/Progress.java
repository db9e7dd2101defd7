package dev.slipway.delivery;

import dev.slipway.delivery.ImageRegistry.Pushed;

/// Port: what happens, as it happens. The log, and the outputs that are true from that moment on,
/// are made of these events and of nothing else.
public interface Progress {
  /// The inputs are read and good; nobody has been asked anything yet.
  default void started(Inputs inputs, RunContext run) {}

  /// Everything is decided; nothing has been done yet, but for the version tag, which decides.
  void planned(Plan plan);

  /// It is decided whether the commit becomes a release. Heard before [#planned], and again where
  /// another run was faster.
  void decided(PlannedRelease release);

  /// The version tag is there.
  ///
  /// @param made whether this run made it
  void tagged(String tagName, boolean made);

  /// The release has its page.
  void published(Releases.Page page);

  /// The push of an image begins.
  void pushing(PlannedImage image);

  /// The registry has the image under every tag.
  ///
  /// @param image with its digest
  void pushed(PlannedImage image, Pushed pushed);

  /// The deploy target was moved, or did not need to be.
  void rolledOut(Rollout rollout);

  /// A script is on its way to its machines.
  ///
  /// @param command the id that AWS gave it
  void scriptSent(String command);

  /// A machine is done with a script.
  ///
  /// @param machine its id and name
  /// @param output what the script printed, or the end of it; anybody may have written it
  void printed(String machine, String output);

  /// Something was begun that goes on by itself, whatever becomes of this run.
  ///
  /// @param what a sentence without its full stop
  default void begun(String what) {}

  /// A wait goes on, and what it waits for changed.
  ///
  /// @param where what is waited for, e.g. `Argo CD application shop`
  /// @param state what it is like now
  void waiting(String where, String state);

  /// What was waited for after the write is here.
  default void settled(Rollout rollout) {}

  /// Every application runs what was delivered.
  default void live(LiveCheck.Result.Live live) {}

  /// A delivery that failed is taken back; the run stays red.
  default void undone(Report rollback) {}

  /// The run is over and green.
  void finished(Report report);

  /// Something that does not stop the run, but that somebody should know.
  void warning(String what, String fix);
}
