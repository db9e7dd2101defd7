import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// A TCP proxy on this machine that makes the way to a server on loopback as long as a network's:
/// every byte arrives half a round trip later, at full bandwidth.
///
/// `java DelayProxy.java HOST PORT UPSTREAM_PORT ROUND_TRIP_MILLIS` prints a line for each
/// connection.
final class DelayProxy {
  private record Piece(byte[] bytes, int length, long due) {}

  public static void main(String[] arguments) throws IOException {
    int upstream = Integer.parseInt(arguments[2]);
    long delay = Long.parseLong(arguments[3]) * 1_000_000 / 2;
    AtomicInteger connections = new AtomicInteger();
    try (ServerSocket server =
        new ServerSocket(
            Integer.parseInt(arguments[1]), 100, InetAddress.getByName(arguments[0]))) {
      System.out.println("listening");
      while (true) {
        Socket client = server.accept();
        System.out.println("connection " + connections.incrementAndGet());
        Socket target = new Socket(InetAddress.getLoopbackAddress(), upstream);
        client.setTcpNoDelay(true);
        target.setTcpNoDelay(true);
        join(client, target, delay);
        join(target, client, delay);
      }
    }
  }

  private static void join(Socket from, Socket to, long delay) {
    BlockingQueue<Piece> underWay = new ArrayBlockingQueue<>(1024);
    Thread.ofVirtual().start(() -> read(from, underWay, delay));
    Thread.ofVirtual().start(() -> write(underWay, to));
  }

  private static void read(Socket from, BlockingQueue<Piece> underWay, long delay) {
    try {
      InputStream in = from.getInputStream();
      byte[] bytes = new byte[64 * 1024];
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        underWay.put(new Piece(bytes, read, System.nanoTime() + delay));
        bytes = new byte[64 * 1024];
      }
      underWay.put(new Piece(bytes, 0, System.nanoTime() + delay));
    } catch (IOException | InterruptedException e) {
      underWay.offer(new Piece(new byte[0], 0, System.nanoTime()));
    }
  }

  private static void write(BlockingQueue<Piece> underWay, Socket to) {
    try (to) {
      OutputStream out = to.getOutputStream();
      for (Piece piece = underWay.take(); piece.length() > 0; piece = underWay.take()) {
        long early = piece.due() - System.nanoTime();
        if (early > 0) {
          Thread.sleep(early / 1_000_000, (int) (early % 1_000_000));
        }
        out.write(piece.bytes(), 0, piece.length());
        out.flush();
      }
    } catch (IOException | InterruptedException e) {
      // One side hung up.
    }
  }
}
