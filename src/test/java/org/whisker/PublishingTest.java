package org.whisker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.whisker.cli.Main;
import org.xml.sax.SAXException;

/** What repositories ask of an artefact is there, and each file names the version that is built. */
class PublishingTest {
  private static final XPath PATHS = XPathFactory.newInstance().newXPath();

  private static String pom(String path)
      throws IOException, ParserConfigurationException, SAXException, XPathExpressionException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    Document pom = factory.newDocumentBuilder().parse(Path.of("pom.xml").toFile());
    return PATHS.evaluate("/project/" + path, pom);
  }

  /** The requirements of Maven Central. */
  @Test
  void thePomSaysWhatCentralRequires() throws Exception {
    for (String path :
        List.of(
            "groupId",
            "artifactId",
            "version",
            "name",
            "description",
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "scm/connection",
            "scm/url")) {
      assertFalse(pom(path).isBlank(), path + " is missing");
    }
    for (String plugin : List.of("maven-source-plugin", "maven-javadoc-plugin")) {
      String goal =
          pom("build/plugins/plugin[artifactId='" + plugin + "']/executions/execution/goals/goal");
      assertTrue(goal.startsWith("jar"), plugin + " makes no jar");
    }
  }

  @Test
  void theTagIsThatOfTheVersion() throws Exception {
    assertEquals("v" + pom("version"), pom("scm/tag"));
  }

  @Test
  void theAliasOfJbangStartsThisVersion() throws Exception {
    JsonNode alias =
        new JsonMapper()
            .readTree(Path.of("jbang-catalog.json").toFile())
            .path("aliases")
            .path("whisker");
    assertEquals("org.whisker:whisker:" + pom("version"), alias.path("script-ref").asText());
    assertEquals(Main.class.getName(), alias.path("main").asText());
    assertEquals(pom("properties/maven.compiler.release") + "+", alias.path("java").asText());
  }

  @Test
  void theSpecOfTheBuildIsOfThisVersion() throws Exception {
    Properties spec = new Properties();
    spec.load(new StringReader(Files.readString(Path.of(".buildspec"))));
    assertEquals(pom("groupId"), spec.getProperty("groupId"));
    assertEquals(pom("artifactId"), spec.getProperty("artifactId"));
    assertEquals(pom("version"), spec.getProperty("version"));
    assertEquals(pom("properties/maven.compiler.release"), spec.getProperty("jdk"));
    assertTrue(pom("scm/connection").endsWith(spec.getProperty("gitRepo", "none")));
  }

  @Test
  void thePythonPackageHasTheSameVersion() throws Exception {
    Matcher version =
        Pattern.compile("(?m)^version = \"(.*)\"$")
            .matcher(Files.readString(Path.of("python/pyproject.toml")));
    assertTrue(version.find());
    assertEquals(pom("version"), version.group(1));
  }
}
