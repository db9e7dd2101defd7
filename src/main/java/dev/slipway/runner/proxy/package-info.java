/// The proxies that the runner hands to its steps, made those of the whole process.
@NullMarked
package dev.slipway.runner.proxy;

import org.jspecify.annotations.NullMarked;
