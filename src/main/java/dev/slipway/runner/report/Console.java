package dev.slipway.runner.report;

import dev.slipway.delivery.Secret;
import dev.slipway.delivery.SecretKeeper;
import dev.slipway.runner.Environment;
import dev.slipway.runner.SecretForms;
import dev.slipway.runner.input.SecretsAtStart;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// The log of the run: everything printed goes through it, and it knows every secret.
public final class Console implements SecretKeeper, AutoCloseable {
  private final KnownSecrets secrets = new KnownSecrets();
  private final PrintStream out;
  private final WorkflowCommands commands;

  private Console(OutputStream log) {
    NeutralisingStream stream = new NeutralisingStream(log, secrets);
    this.out = new PrintStream(stream, true, StandardCharsets.UTF_8);
    this.commands = new WorkflowCommands(stream, secrets);
  }

  /// Takes over the output of the whole process, standard error included, and hides the secrets
  /// that the environment holds. To be called before anything is printed.
  public static Console install(Environment environment) {
    // One file descriptor for both: the runner reads the two on two threads, without order.
    Console console = on(new FileOutputStream(FileDescriptor.out), environment);
    System.setOut(console.out);
    System.setErr(console.out);
    return console;
  }

  /// A console that writes to `log`.
  public static Console on(OutputStream log, Environment environment) {
    Console console = new Console(log);
    SecretsAtStart.in(environment).forEach(console::hide);
    return console;
  }

  /// Hides it in this process's output and, through the runner, in that of later steps.
  @Override
  public void hide(Secret secret) {
    hide(secret.reveal());
  }

  private void hide(String secret) {
    if (secret.length() >= SecretForms.SHORTEST) {
      secrets.add(secret);
      commands.mask(secret);
    }
  }

  /// `text` with every known secret in it replaced by `***`, for texts that do not go to the log.
  String withoutSecrets(String text) {
    return secrets.hide(text);
  }

  /// For text of any kind.
  PrintStream out() {
    return out;
  }

  WorkflowCommands commands() {
    return commands;
  }

  /// Writes what was printed without an end of line. The process's output stays open.
  @Override
  public void close() {
    out.close();
  }
}
