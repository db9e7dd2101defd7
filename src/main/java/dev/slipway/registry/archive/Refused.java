package dev.slipway.registry.archive;

import dev.slipway.image.ImageSource;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;

/// An archive that will not be pushed. Never leaves the registry edge; the archive's name is added
/// where it leaves.
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String why;
  private final String fix;

  /// @param what what is wrong, without the subject: `is cut off`
  public Refused(String what, String why, String fix) {
    super(what);
    this.why = why;
    this.fix = fix;
  }

  /// The same, said about `source`.
  ActionException in(ImageSource source) {
    return new ActionException(
        new Problem("`%s` %s".formatted(source.asWritten(), getMessage()), why, fix), this);
  }
}
