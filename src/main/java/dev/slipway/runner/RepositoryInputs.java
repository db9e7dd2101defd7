package dev.slipway.runner;

import dev.slipway.delivery.Inputs.Repository;
import dev.slipway.delivery.RegistryChoice;
import dev.slipway.image.ImageName;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The inputs that say where the image lives.
final class RepositoryInputs {
  private static final String REGISTRIES =
      "Write `registry: ecr`, `registry: ecr-public`, `registry: ghcr`, or a host such as `registry: registry.example.com`.";

  // Docker's own rule: what has no dot and no port is a name, not a host.
  private static final Pattern LOOKS_LIKE_HOST = Pattern.compile("localhost|.*[.:].*");

  private final InputTexts inputs;

  RepositoryInputs(InputTexts inputs) {
    this.inputs = inputs;
  }

  /// Empty when neither was given, and, with problems, when something is wrong.
  Optional<Repository> read() {
    boolean registryGiven = inputs.isGiven(Input.REGISTRY);
    boolean repositoryGiven = inputs.isGiven(Input.REPOSITORY);
    String reason =
        inputs.isGiven(Input.IMAGE) ? "`image` is to be pushed somewhere" : "the two go together";
    if (!registryGiven && (repositoryGiven || inputs.isGiven(Input.IMAGE))) {
      inputs.missing(Input.REGISTRY, reason, REGISTRIES);
    }
    if (!repositoryGiven && (registryGiven || inputs.isGiven(Input.IMAGE))) {
      inputs.missing(
          Input.REPOSITORY,
          reason,
          "Name the path in the registry, such as `repository: acme/shop`.");
    }
    Optional<RegistryChoice> registry =
        inputs.parsed(Input.REGISTRY, RepositoryInputs::registry, REGISTRIES);
    Optional<String> path =
        inputs.parsed(
            Input.REPOSITORY,
            text -> path(text, registry),
            "Write the path alone, such as `repository: acme/shop`: no host, no tag, lower-case"
                + " letters and digits with `/`, `.`, `_` or `-` between them.");
    return registry.flatMap(choice -> path.map(known -> new Repository(choice, known)));
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
}
