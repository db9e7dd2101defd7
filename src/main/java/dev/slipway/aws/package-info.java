/// Credentials and region for every call to AWS.
@NullMarked
package dev.slipway.aws;

import org.jspecify.annotations.NullMarked;
