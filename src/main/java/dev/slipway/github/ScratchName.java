package dev.slipway.github;

import dev.slipway.delivery.FileChange;
import dev.slipway.delivery.GitOpsRepository.Proposal;
import dev.slipway.delivery.GitOpsRepository.Snapshot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// The name of a [Scratch], the same for the same commit: a run that was killed leaves its branch
/// to the next one, which goes on from there.
final class ScratchName {
  private static final int BYTES = 8;

  private ScratchName() {}

  static String of(Snapshot base, Proposal proposal) {
    MessageDigest hash = sha256();
    List.of(base.head().value(), proposal.headBranch(), proposal.commitMessage())
        .forEach(text -> add(hash, text.getBytes(StandardCharsets.UTF_8)));
    for (FileChange change : proposal.changes()) {
      add(hash, change.path().getBytes(StandardCharsets.UTF_8));
      add(hash, change.after().bytes());
    }
    return HexFormat.of().formatHex(hash.digest(), 0, BYTES);
  }

  private static void add(MessageDigest hash, byte[] part) {
    hash.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
    hash.update(part);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
