package com.google.cloud.tools.jib.registry;

import com.google.cloud.tools.jib.http.Response;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// The body of an answer, to be read while it arrives.
@NullMarked
final class ResponseBody extends FilterInputStream {
  private final Response response;

  ResponseBody(Response response) throws IOException {
    super(orEmpty(response.getBody()));
    this.response = response;
  }

  private static InputStream orEmpty(@Nullable InputStream body) {
    return body == null ? InputStream.nullInputStream() : body;
  }

  /// Ends the request. Closing the stream itself would read all that is left of it.
  @Override
  public void close() throws IOException {
    response.close();
  }
}
