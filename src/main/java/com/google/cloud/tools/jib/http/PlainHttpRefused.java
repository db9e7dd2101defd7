package com.google.cloud.tools.jib.http;

import javax.net.ssl.SSLException;
import org.jspecify.annotations.NullMarked;

/// Somebody wanted a request without TLS to leave this machine. It did not, and will not.
@NullMarked
public final class PlainHttpRefused extends SSLException {
  private static final long serialVersionUID = 1L;

  PlainHttpRefused(String host) {
    super("plain HTTP to " + host + " is refused");
  }
}
