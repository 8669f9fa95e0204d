package threadmill.lab;

import java.util.List;

/**
 * What a lab has found.
 *
 * @param head the columns of the table
 * @param rows its lines
 * @param notes what to think of it
 * @param plot the same as a picture
 */
public record Findings(
    String title, List<String> head, List<List<String>> rows, List<String> notes, Plot plot) {}
