package org.jsupervisor.definition.own.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsupervisor.definition.Findings;

/**
 * JSON from the tokens of its parser: a number is the text that was written, and a key that comes
 * twice is refused.
 */
final class JsonText {
  private final Utf8 faults;

  JsonText(String file, Findings findings) {
    this.faults = new Utf8(file, findings);
  }

  /** Something that is JSON, but is not taken. */
  private static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int line;

    RefusedException(JsonParser at, String rule) {
      super(rule);
      this.line = lineOf(at);
    }
  }

  private static int lineOf(JsonParser at) {
    return at.currentTokenLocation().getLineNr();
  }

  Optional<List<Node>> parse(String text) {
    JsonFactory factory =
        JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    try (JsonParser tokens = factory.createParser(text)) {
      if (tokens.nextToken() != JsonToken.START_OBJECT) {
        throw new RefusedException(tokens, "must be an object");
      }
      List<Node> nodes = map(tokens, 1);
      if (tokens.nextToken() != null) {
        throw new RefusedException(tokens, "must be one object only");
      }
      return Optional.of(nodes);
    } catch (RefusedException refusal) {
      faults.problem(refusal.line, String.valueOf(refusal.getMessage()));
    } catch (JsonProcessingException fault) {
      int line = fault.getLocation() == null ? 0 : fault.getLocation().getLineNr();
      faults.syntax(line, "JSON", String.valueOf(fault.getOriginalMessage()));
    } catch (IOException e) {
      faults.syntax(0, "JSON", String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  private static List<Node> map(JsonParser tokens, int depth) throws IOException {
    if (depth > Node.DEPTH_MAX) {
      throw new RefusedException(tokens, "must not be so deep");
    }
    List<Node> nodes = new ArrayList<>();
    while (tokens.nextToken() != JsonToken.END_OBJECT) {
      String key = tokens.currentName();
      int line = lineOf(tokens);
      JsonToken token = tokens.nextToken();
      if (token == JsonToken.START_OBJECT) {
        nodes.add(Node.branch(key, line, map(tokens, depth + 1)));
      } else if (token == JsonToken.START_ARRAY) {
        addList(nodes, key, tokens);
      } else {
        nodes.add(Node.leaf(key, line, text(tokens)));
      }
    }
    return nodes;
  }

  private static void addList(List<Node> nodes, String key, JsonParser tokens) throws IOException {
    int before = nodes.size();
    while (tokens.nextToken() != JsonToken.END_ARRAY) {
      nodes.add(Node.leaf(key, lineOf(tokens), text(tokens)));
    }
    if (nodes.size() == before) {
      throw new RefusedException(tokens, "a list must not be empty: leave the key out");
    }
  }

  private static String text(JsonParser tokens) throws IOException {
    JsonToken token = tokens.currentToken();
    if (token == null || token == JsonToken.VALUE_NULL || !token.isScalarValue()) {
      throw new RefusedException(tokens, "must be a text, a number, true or false");
    }
    return tokens.getText();
  }
}
