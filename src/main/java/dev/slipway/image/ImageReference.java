package dev.slipway.image;

/// An image name with a tag: `ghcr.io/acme/shop:1.2.3`.
public record ImageReference(ImageName name, Tag tag) {
  @Override
  public String toString() {
    return name + ":" + tag;
  }
}
