import java.util.List;
import java.util.Optional;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.Raster;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.SaliencyMethod.BatchedMethod;
import org.whisker.saliency.SaliencyMethod.MethodInput;

/** A saliency method: the gradient times the deviation of each gray value from the image's mean. */
public final class Deviation implements BatchedMethod<DifferentiableClassifier> {
  private static final Method METHOD =
      new Method(
          "gradient-x-deviation",
          Need.GRADIENTS,
          "logits",
          SignConvention.CONTENT_TOWARDS_NOT_TARGET,
          "the gradient times (image − its mean gray)",
          settings -> new Deviation());

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public String options() {
    return "";
  }

  @Override
  public Optional<Attribution> explain(MethodInput input) {
    return Optional.of(Attribution.of(METHOD, input.map(this)));
  }

  @Override
  public List<SaliencyMap> maps(
      DifferentiableClassifier classifier, List<? extends Raster> images, int batch) {
    return images.stream().map(image -> map(classifier, image)).toList();
  }

  private static SaliencyMap map(DifferentiableClassifier classifier, Raster image) {
    float[] values = classifier.inputGradients(List.of(image)).get(0);
    float[] gray = image.grayValues();
    double mean = 0;
    for (float each : gray) {
      mean += each / gray.length;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] *= (float) (gray[i] - mean);
    }
    return METHOD.map(image.canvas(), values);
  }
}
