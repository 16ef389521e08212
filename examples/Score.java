import java.io.IOException;
import java.nio.file.Path;
import org.whisker.Whisker;
import org.whisker.feature.models.ScoreJob.ScoreRow;

/** Scores an image. Arguments: HOME MODEL IMAGE. */
public final class Score {
  private Score() {}

  public static void main(String[] args) throws IOException {
    Whisker whisker = Whisker.open(Path.of(args[0]));
    ScoreRow score = whisker.score(args[1], Path.of(args[2]));
    System.out.printf(
        "p(target) %.3f, logit against the target %.3f%n", score.pTarget(), score.logit());
  }
}
