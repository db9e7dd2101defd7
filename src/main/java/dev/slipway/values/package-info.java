/// The words of GitOps files: a key path, and a file in which one scalar can be replaced while
/// every other byte stays. The only package that knows a YAML library.
@NullMarked
package dev.slipway.values;

import org.jspecify.annotations.NullMarked;
