package sluice.export;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;

/**
 * One folder with a Parquet file for each day (UTC). A file has its name only once it is whole. So many are open at once;
 * a day that comes again after its file was closed gets a second file.
 */
final class DayFiles implements AutoCloseable {
    static final int OPEN_MAX = 16;

    private static final String UNFINISHED = ".part";

    /** Rows are kept in memory until there are so many bytes of them. */
    private static final long ROW_GROUP_BYTES = 8L << 20;

    private final Path folder;
    private final Schema schema;
    private final Map<LocalDate, Open> open = new LinkedHashMap<>();
    private final Map<LocalDate, Integer> parts = new TreeMap<>();
    private final List<Path> finished = new ArrayList<>();

    /** A file that is written. */
    private record Open(Path file, ParquetWriter<GenericRecord> writer) {
        void close() throws IOException {
            writer.close();
            Files.move(unfinished(file), file);
        }
    }

    DayFiles(Path folder, Schema schema) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.schema = schema;
    }

    /**
     * Adds a row.
     *
     * @throws FileAlreadyExistsException if a file of an earlier export is there
     */
    void add(Instant at, GenericRecord row) throws IOException {
        var day = at.atZone(ZoneOffset.UTC).toLocalDate();
        var file = open.remove(day);
        if (file == null) file = opened(day);
        open.put(day, file); // the last of them: the first is the one that was written to longest ago
        file.writer().write(row);
    }

    private Open opened(LocalDate day) throws IOException {
        if (open.size() >= OPEN_MAX) {
            var eldest = open.keySet().iterator().next();
            finish(eldest);
        }
        var part = parts.merge(day, 1, Integer::sum);
        var file = folder.resolve(day + (part == 1 ? "" : "-" + part) + ".parquet");
        if (Files.exists(file)) throw new FileAlreadyExistsException(file.toString());
        Files.deleteIfExists(unfinished(file)); // of an export that was broken off
        return new Open(file, writer(unfinished(file)));
    }

    private ParquetWriter<GenericRecord> writer(Path file) throws IOException {
        return AvroParquetWriter.<GenericRecord>builder(new LocalOutputFile(file))
                .withSchema(schema)
                .withDataModel(GenericData.get())
                .withConf(new PlainParquetConfiguration(Map.of("parquet.avro.write-old-list-structure", "false")))
                .withCodecFactory(new GzipPages())
                .withCompressionCodec(CompressionCodecName.GZIP)
                .withRowGroupSize(ROW_GROUP_BYTES)
                .build();
    }

    private static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + UNFINISHED);
    }

    private void finish(LocalDate day) throws IOException {
        var file = open.remove(day);
        if (file == null) return;
        file.close();
        finished.add(file.file());
    }

    /** Finishes every file. */
    List<Path> finish() throws IOException {
        for (var day : List.copyOf(open.keySet())) finish(day);
        return List.copyOf(finished);
    }

    /** Throws away what is not finished. */
    @Override
    public void close() throws IOException {
        for (var file : open.values()) {
            file.writer().close();
            Files.deleteIfExists(unfinished(file.file()));
        }
        open.clear();
    }
}
