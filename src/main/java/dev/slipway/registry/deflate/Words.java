package dev.slipway.registry.deflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Four or eight bytes at once, the lowest first.
final class Words {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Words() {}

  static int four(byte[] data, int at) {
    return (int) INTS.get(data, at);
  }

  static long eight(byte[] data, int at) {
    return (long) LONGS.get(data, at);
  }

  static void put(byte[] data, int at, long eight) {
    LONGS.set(data, at, eight);
  }
}
