import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import java.nio.file.Path;

/// What a push of an archive is with Jib's own pipeline.
///
/// `java -cp slipway.jar PushWithJib.java ARCHIVE REFERENCE CACHE`
final class PushWithJib {
  public static void main(String[] arguments) throws Exception {
    Jib.from(TarImage.at(Path.of(arguments[0])))
        .containerize(
            Containerizer.to(RegistryImage.named(arguments[1]))
                .setAllowInsecureRegistries(true)
                .setBaseImageLayersCache(Path.of(arguments[2]))
                .setApplicationLayersCache(Path.of(arguments[2])));
    System.exit(0);
  }
}
