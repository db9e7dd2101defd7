/// The edge to Argo CD: waits until what was delivered is what runs.
///
/// [dev.slipway.argocd.ArgoCdLiveCheck] reads every application again and again;
/// [dev.slipway.argocd.Requirements] says which condition an application does not meet yet, and
/// [dev.slipway.argocd.Watch] when that has lasted long enough to be certain. Both are pure,
/// because the obvious checks are wrong: sync and health are written by different loops of Argo CD,
/// so a single look mixes the new revision with the old health.
@NullMarked
package dev.slipway.argocd;

import org.jspecify.annotations.NullMarked;
