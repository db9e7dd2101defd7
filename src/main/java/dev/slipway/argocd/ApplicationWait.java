package dev.slipway.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.argocd.Answer.Found;
import dev.slipway.argocd.Answer.Refused;
import dev.slipway.argocd.Answer.Unavailable;
import dev.slipway.delivery.ApplicationName;
import dev.slipway.delivery.LiveCheck.LiveApplication;
import dev.slipway.problem.ActionException;
import dev.slipway.version.CommitSha;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The wait for one application: what was seen of it, look after look.
final class ApplicationWait {
  private static final Duration REQUEST = Duration.ofSeconds(20);
  private static final int REFUSALS = 3;
  // Until something has answered, a wrong address is likelier than a passing fault.
  private static final Duration FIRST_ANSWER = Duration.ofMinutes(1);

  private final ApplicationName name;
  private final Aims aims;
  private final ArgoCdServer server;
  private Watch watch = Watch.start();
  private Optional<ApplicationState> state = Optional.empty();
  private Optional<CommitSha> replacement = Optional.empty();
  private Optional<LiveApplication> live = Optional.empty();
  private Optional<String> silence = Optional.of("not asked yet");
  private Duration retryAfter = Duration.ZERO;
  private int refusals;
  private int unreadable;

  /// What all applications of a wait have in common.
  record Aims(Lineage lineage, ImageCheck images, boolean sync) {}

  ApplicationWait(ApplicationName name, Aims aims, ArgoCdServer server) {
    this.name = name;
    this.aims = aims;
    this.server = server;
  }

  /// Looks once.
  ///
  /// @return what to tell
  /// @throws ActionException when Argo CD will not show it, or it would never arrive
  String look(Deadline deadline) {
    retryAfter = Duration.ZERO;
    return switch (server.application(name, deadline.atMost(REQUEST))) {
      case Found(JsonNode body) -> {
        refusals = 0;
        silence = Optional.empty();
        yield seen(ApplicationReader.read(body), deadline);
      }
      case Refused refused -> refused(refused);
      case Unavailable unavailable -> unavailable(unavailable, deadline);
    };
  }

  ApplicationName name() {
    return name;
  }

  /// The last state that was read.
  Optional<ApplicationState> state() {
    return state;
  }

  /// What the last state does not meet.
  Optional<Unmet> unmet() {
    return watch.streak().map(Watch.Streak::unmet);
  }

  /// Why the last look saw nothing.
  Optional<String> silence() {
    return silence;
  }

  Optional<LiveApplication> live() {
    return live;
  }

  /// The later commit that took the delivered one's place.
  Optional<CommitSha> replacement() {
    return replacement;
  }

  /// How long the server wants to be left alone.
  Duration retryAfter() {
    return retryAfter;
  }

  /// Whether only the second look is missing.
  boolean nearlyLive() {
    return silence.isEmpty() && watch.met() > 0;
  }

  boolean hopeless(Deadline deadline) {
    return watch.hopeless(deadline.elapsed());
  }

  boolean refreshable() {
    return silence.isEmpty() && watch.refreshable();
  }

  private String seen(ApplicationState seen, Deadline deadline) {
    state = Optional.of(seen);
    FollowedSources sources = FollowedSources.of(name, seen.spec(), aims.lineage().delivered());
    if (aims.lineage().missing(seen, sources).isEmpty()) {
      replacement = aims.lineage().replacedBy(seen, sources);
    }
    Optional<Unmet> unmet =
        new Requirements(aims.lineage(), sources, aims.sync())
            .unmet(seen)
            .or(() -> wrongImage(seen, deadline));
    watch =
        unmet
            .map(missing -> watch.withUnmet(missing, seen.reconciledAt(), deadline.elapsed()))
            .orElseGet(watch::withMet);
    CommitSha revision = aims.lineage().revision(seen, sources);
    if (watch.live()) {
      live = Optional.of(new LiveApplication(name, revision, deadline.elapsed()));
    }
    return unmet
        .map(Unmet::sentence)
        .orElse("synced and healthy at revision " + revision.shortened(7));
  }

  private Optional<Unmet> wrongImage(ApplicationState seen, Deadline deadline) {
    if (aims.images().isEmpty()) {
      return Optional.empty();
    }
    return switch (server.managedResources(name, deadline.atMost(REQUEST))) {
      case Found(JsonNode body) -> {
        unreadable = 0;
        yield aims.images().unmet(Workload.read(body), seen.podImages());
      }
      case Refused(Answer.Refusal _, String message) -> unreadable(message, seen);
      case Unavailable(String why, Duration _) -> unreadable(why, seen);
    };
  }

  /// Manifests that cannot be read, or are too many, leave the pods as the only witness.
  private Optional<Unmet> unreadable(String why, ApplicationState seen) {
    unreadable++;
    return unreadable < REFUSALS
        ? Optional.of(new Unmet(Unmet.Kind.IMAGE, "its manifests cannot be read: " + why))
        : aims.images().unmet(List.of(), seen.podImages());
  }

  private String refused(Refused refused) {
    refusals++;
    silence = Optional.of(refused.message());
    if (refusals >= REFUSALS) {
      throw new ActionException(List.of(ArgoCdProblems.refused(server, name, refused)));
    }
    return "Argo CD refuses: " + refused.message();
  }

  private String unavailable(Unavailable unavailable, Deadline deadline) {
    silence = Optional.of(unavailable.why());
    retryAfter = unavailable.retryAfter();
    if (state.isEmpty() && deadline.elapsed().compareTo(FIRST_ANSWER) >= 0) {
      throw new ActionException(List.of(ArgoCdProblems.unavailable(server, unavailable.why())));
    }
    return "no answer: " + unavailable.why();
  }
}
