package dev.slipway.runner.input;

import dev.slipway.delivery.RegistryChoice;
import dev.slipway.image.EcrHost;
import dev.slipway.image.ImageName;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The inputs that say where images live.
final class RegistryInputs {
  private static final String REGISTRIES =
      "Write `registry: ecr`, `registry: ecr-public`, `registry: ghcr`, or a host such as `registry: registry.example.com`.";

  // Docker's own rule: what has no dot and no port is a name, not a host.
  private static final Pattern LOOKS_LIKE_HOST = Pattern.compile("localhost|.*[.:].*");

  private final InputTexts inputs;

  RegistryInputs(InputTexts inputs) {
    this.inputs = inputs;
  }

  /// Empty when it was not given, and, with a problem, when it is wrong.
  Optional<RegistryChoice> registry() {
    if (!inputs.isGiven(Input.REGISTRY)) {
      whoNeedsIt().ifPresent(reason -> inputs.missing(Input.REGISTRY, reason, REGISTRIES));
    }
    return inputs.parsed(Input.REGISTRY, RegistryInputs::registry, REGISTRIES);
  }

  private Optional<String> whoNeedsIt() {
    if (inputs.isGiven(Input.IMAGE)) {
      return Optional.of("`image` is to be pushed somewhere");
    }
    if (inputs.isGiven(Input.IMAGES)) {
      return Optional.of("`images` are to be pushed somewhere");
    }
    return inputs.isGiven(Input.REPOSITORY) ? Optional.of("the two go together") : Optional.empty();
  }

  private static RegistryChoice registry(String text) {
    String host = text.toLowerCase(Locale.ROOT);
    return switch (host) {
      case "ecr" -> new RegistryChoice.Ecr();
      case "ghcr", "ghcr.io" -> new RegistryChoice.Ghcr();
      case "ecr-public", "public.ecr.aws" -> new RegistryChoice.EcrPublic();
      default -> {
        if (host.contains("/")) {
          throw new IllegalArgumentException("a registry is a host, without `https://` and path");
        }
        if (!LOOKS_LIKE_HOST.matcher(host).matches() || !ImageName.isHost(host)) {
          throw new IllegalArgumentException("it is neither a known registry nor a host");
        }
        yield new RegistryChoice.Host(host);
      }
    };
  }

  /// The path of an image in the registry. Empty, with a problem, when it is wrong.
  ///
  /// @param input the input in which it is written
  Optional<String> path(Input input, String text, Optional<RegistryChoice> registry) {
    return inputs.parsed(
        input,
        text,
        given -> path(given, registry),
        "Write the path alone, such as `repository: acme/shop`: no host, no tag, lower-case"
            + " letters and digits with `/`, `.`, `_` or `-` between them.");
  }

  private static String path(String text, Optional<RegistryChoice> registry) {
    boolean ghcr = registry.filter(RegistryChoice.Ghcr.class::isInstance).isPresent();
    // GitHub's owners and repositories have capitals, its registry does not.
    String path = ghcr ? text.toLowerCase(Locale.ROOT) : text;
    if (!ImageName.isRepository(path)) {
      throw new IllegalArgumentException("it is not the path of an image repository");
    }
    if (ghcr && !path.contains("/")) {
      throw new IllegalArgumentException("in GHCR every image belongs to an owner, `owner/name`");
    }
    if (registry.filter(RegistryChoice.EcrPublic.class::isInstance).isPresent()
        && !path.contains("/")) {
      throw new IllegalArgumentException(
          "in ECR Public every path begins with the alias of a registry, `alias/name`");
    }
    return path;
  }

  /// Whether a missing repository is created.
  ///
  /// @param pushes whether anything is pushed at all
  boolean create(Optional<RegistryChoice> registry, boolean pushes) {
    boolean create = inputs.flag(Input.CREATE_REPOSITORY);
    if (create && registry.map(known -> !isEcr(known)).orElse(false)) {
      inputs.wrong(
          Input.CREATE_REPOSITORY,
          "true",
          "only Amazon ECR has repositories that must be made first",
          "Remove it, or write `registry: ecr`.");
    } else if (create && !pushes) {
      inputs.wrong(
          Input.CREATE_REPOSITORY,
          "true",
          "nothing is pushed, and an empty repository is of no use",
          "Remove it, or set `image`.");
    }
    return create;
  }

  private static boolean isEcr(RegistryChoice registry) {
    return switch (registry) {
      case RegistryChoice.Ecr _, RegistryChoice.EcrPublic _ -> true;
      case RegistryChoice.Ghcr _ -> false;
      case RegistryChoice.Host(String host) -> EcrHost.parse(host).isPresent();
    };
  }
}
