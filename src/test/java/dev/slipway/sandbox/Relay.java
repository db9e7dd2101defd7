package dev.slipway.sandbox;

import dev.slipway.sandbox.HttpWire.Head;
import dev.slipway.sandbox.RecordingProxy.Request;
import dev.slipway.values.FileContent;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/// One connection of a client, and the one to the server that belongs to it.
final class Relay {
  private final Socket client;
  private final InputStream fromClient;
  private final OutputStream toClient;
  private final InputStream fromServer;
  private final OutputStream toServer;
  private final Function<Request, Play> rules;

  /// What is played: a fault, an answer instead of the server's, or both.
  record Play(Optional<WireFault> fault, Optional<WireFault.Answer> instead) {}

  /// Between two connections that are open.
  ///
  /// @param rules what is played on a request
  Relay(Socket client, Socket server, Function<Request, Play> rules) throws IOException {
    this.client = client;
    this.fromClient = new BufferedInputStream(client.getInputStream());
    this.toClient = new BufferedOutputStream(client.getOutputStream());
    this.fromServer = new BufferedInputStream(server.getInputStream());
    this.toServer = new BufferedOutputStream(server.getOutputStream());
    this.rules = rules;
  }

  /// Passes the next request on, or plays what stands for its answer: whether more can follow.
  boolean next() throws IOException {
    Optional<Head> head = HttpWire.readHead(fromClient);
    if (head.isEmpty()) {
      return false;
    }
    String[] words = head.get().firstLine().split(" ", 3);
    if (words.length < 3) {
      // Somebody tries TLS first.
      return false;
    }
    Play play = rules.apply(new Request(words[0], words[1], head.get().headers()));
    if (play.fault().isPresent()) {
      return play(play.fault().get(), head.get(), play.instead());
    }
    ask(head.get());
    answer(words[0]);
    return true;
  }

  private boolean play(WireFault fault, Head head, Optional<WireFault.Answer> instead)
      throws IOException {
    switch (fault) {
      case WireFault.Answer answer -> {
        HttpWire.copyBody(head, fromClient, OutputStream.nullOutputStream());
        Whole whole = whole(answer, head);
        toClient.write(whole.head().bytes());
        toClient.write(whole.body().bytes());
        toClient.flush();
        return true;
      }
      case WireFault.ResetAfter(long bytes) ->
          HttpWire.copy(
              fromClient, OutputStream.nullOutputStream(), Math.min(bytes, head.length()));
      case WireFault.LoseAnswer _ -> answer(head, instead);
      case WireFault.Silence _ -> {
        answer(head, instead);
        // Until the client hangs up.
        fromClient.read();
      }
      case WireFault.CutAnswer _ -> {
        cut(answer(head, instead));
        return false;
      }
    }
    // Without lingering, a close is a reset.
    client.setSoLinger(true, 0);
    return false;
  }

  private void ask(Head head) throws IOException {
    toServer.write(head.bytes());
    HttpWire.copyBody(head, fromClient, toServer);
    toServer.flush();
  }

  /// All of an answer.
  private record Whole(FileContent head, FileContent body) {}

  /// Lets the server do it, or what stands for the server.
  private Whole answer(Head request, Optional<WireFault.Answer> instead) throws IOException {
    if (instead.isPresent()) {
      HttpWire.copyBody(request, fromClient, OutputStream.nullOutputStream());
      return whole(instead.get(), request);
    }
    ask(request);
    Head head = answerHead();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (!isHead(request) && head.status() != 204) {
      HttpWire.copyBody(head, fromServer, body);
    }
    return new Whole(FileContent.of(head.bytes()), FileContent.of(body.toByteArray()));
  }

  private static boolean isHead(Head request) {
    return request.firstLine().startsWith("HEAD ");
  }

  /// Half of the body; half of the head where that is all.
  private void cut(Whole answer) throws IOException {
    byte[] head = answer.head().bytes();
    byte[] body = answer.body().bytes();
    toClient.write(head, 0, body.length > 0 ? head.length : head.length / 2);
    toClient.write(body, 0, body.length / 2);
    toClient.flush();
  }

  private Head answerHead() throws IOException {
    return HttpWire.readHead(fromServer)
        .orElseThrow(() -> new EOFException("the server hung up before it answered"));
  }

  private void answer(String method) throws IOException {
    Head head = answerHead();
    toClient.write(head.bytes());
    if (!method.equals("HEAD") && head.status() != 204) {
      HttpWire.copyBody(head, fromServer, toClient);
    }
    toClient.flush();
  }

  private static Whole whole(WireFault.Answer answer, Head request) {
    byte[] body = isHead(request) ? new byte[0] : answer.body().getBytes(StandardCharsets.UTF_8);
    StringBuilder head =
        new StringBuilder("HTTP/1.1 %d Sandbox\r\n".formatted(answer.status()))
            .append("Content-Length: %d\r\n".formatted(body.length));
    answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    return new Whole(
        FileContent.of(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1)),
        FileContent.of(body));
  }
}
