package dev.slipway.delivery;

import dev.slipway.template.Template;
import dev.slipway.values.KeyPath;

/// One line of `gitops-update`: the scalar at `key` in `file` becomes `value`.
///
/// @param file path in the GitOps repository
public record ValueUpdate(String file, KeyPath key, Template value) {}
