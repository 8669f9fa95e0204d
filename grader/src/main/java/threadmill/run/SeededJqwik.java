package threadmill.run;

import java.lang.reflect.Field;
import net.jqwik.engine.JqwikTestEngine;
import net.jqwik.engine.descriptor.PropertyConfiguration;
import net.jqwik.engine.descriptor.PropertyMethodDescriptor;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.UniqueId;

/**
 * jqwik's engine with the judge's seed in every property that names none. jqwik has no setting for
 * this; the field is that of the pinned version.
 */
final class SeededJqwik implements TestEngine {
  private final TestEngine jqwik = new JqwikTestEngine();
  private final long seed;

  SeededJqwik(long seed) {
    this.seed = seed;
  }

  @Override
  public String getId() {
    return jqwik.getId();
  }

  @Override
  public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId id) {
    TestDescriptor root = jqwik.discover(request, id);
    root.getDescendants().stream()
        .filter(PropertyMethodDescriptor.class::isInstance)
        .forEach(d -> seed((PropertyMethodDescriptor) d));
    return root;
  }

  @Override
  public void execute(ExecutionRequest request) {
    jqwik.execute(request);
  }

  private void seed(PropertyMethodDescriptor property) {
    PropertyConfiguration configuration = property.getConfiguration();
    if (configuration.hasFixedSeed()) {
      return;
    }
    try {
      Field field = PropertyMethodDescriptor.class.getDeclaredField("configuration");
      field.setAccessible(true);
      field.set(property, configuration.withSeed(Long.toString(seed)));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this is not the jqwik that Threadmill is pinned to", e);
    }
  }
}
