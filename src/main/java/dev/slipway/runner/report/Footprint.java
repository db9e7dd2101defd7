package dev.slipway.runner.report;

import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.delivery.LiveCheck;
import dev.slipway.delivery.Plan;
import dev.slipway.delivery.PlannedImage;
import dev.slipway.delivery.PlannedRelease;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.Releases;
import dev.slipway.delivery.Report;
import dev.slipway.delivery.Rollout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How far a run came, and what it leaves behind, in sentences. May be asked at any moment, from
/// any thread.
public final class Footprint implements Progress {
  private static final int MOST_WAITS = 5;

  private Optional<Plan> plan = Optional.empty();
  private Optional<String> tag = Optional.empty();
  private int images;
  private final List<Rollout> rollouts = new ArrayList<>();
  private final List<String> begun = new ArrayList<>();
  private final Map<String, String> waits = new LinkedHashMap<>();
  private Optional<String> command = Optional.empty();

  @Override
  public synchronized void planned(Plan known) {
    // A rollback within the run is told by how it ended.
    plan = plan.or(() -> Optional.of(known));
  }

  @Override
  public void decided(PlannedRelease release) {
    // It leaves nothing behind.
  }

  @Override
  public synchronized void tagged(String tagName, boolean made) {
    if (made) {
      tag = Optional.of(tagName);
    }
  }

  @Override
  public void published(Releases.Page page) {
    // The page of the run shows it.
  }

  @Override
  public void pushing(PlannedImage image) {
    // A registry shows nothing half-done.
  }

  @Override
  public synchronized void pushed(PlannedImage image, Pushed pushed) {
    images++;
  }

  @Override
  public synchronized void begun(String what) {
    begun.add(Sentence.of(what));
  }

  @Override
  public synchronized void rolledOut(Rollout rollout) {
    rollouts.add(rollout);
    begun.clear();
    waits.clear();
  }

  @Override
  public synchronized void settled(Rollout rollout) {
    rollouts.set(rollouts.size() - 1, rollout);
    waits.clear();
  }

  @Override
  public synchronized void undone(Report rollback) {
    begun.add(OutcomeText.of(rollback));
  }

  @Override
  public synchronized void live(LiveCheck.Result.Live live) {
    waits.clear();
  }

  @Override
  public synchronized void scriptSent(String id) {
    command = Optional.of(id);
  }

  @Override
  public void printed(String machine, String output) {
    // The log has it.
  }

  @Override
  public synchronized void waiting(String where, String state) {
    waits.put(where, state);
  }

  @Override
  public void finished(Report report) {
    // Then nobody asks.
  }

  @Override
  public void warning(String what, String fix) {
    // It leaves nothing behind.
  }

  /// What was written, and what goes on by itself.
  @Override
  public synchronized String toString() {
    if (plan.isEmpty() && tag.isEmpty()) {
      return "Nothing was written anywhere.";
    }
    List<String> sentences = new ArrayList<>();
    tag.ifPresent(made -> sentences.add("The tag %s is made.".formatted(made)));
    plan.ifPresent(known -> reached(known, sentences));
    rollouts.forEach(rollout -> sentences.add(RolloutText.written(rollout)));
    sentences.addAll(begun);
    if (rollouts.stream().noneMatch(Rollout.ScriptRan.class::isInstance)) {
      command.ifPresent(id -> sentences.add("The script was sent: Run Command %s.".formatted(id)));
    }
    sentences.add(
        command.isEmpty()
            ? "Running the job again is safe: what is done is not done twice."
            : "Running the job again pushes nothing twice, and runs the script again.");
    return String.join(" ", sentences);
  }

  /// The last that was heard of what the run waits for; empty when it waits for nothing.
  synchronized List<String> waits() {
    return waits.entrySet().stream()
        .limit(MOST_WAITS)
        .map(wait -> Sentence.of("%s: %s".formatted(wait.getKey(), wait.getValue())))
        .toList();
  }

  private void reached(Plan known, List<String> sentences) {
    long wanted = known.images().stream().filter(image -> image.push().isPresent()).count();
    if (wanted == 1) {
      sentences.add(
          images == 0
              ? "No image is known to be pushed completely."
              : "The image is in the registry.");
    } else if (wanted > 1) {
      sentences.add("Of %d images, %d are in the registry.".formatted(wanted, images));
    }
    if (known.gitOps().isPresent() && rollouts.isEmpty()) {
      sentences.add("Nothing is known to be written to the GitOps repository.");
    }
  }
}
