/// Texts with placeholders such as `{tag}` and `{sha:8}`: tags, values, messages.
@NullMarked
package dev.slipway.template;

import org.jspecify.annotations.NullMarked;
