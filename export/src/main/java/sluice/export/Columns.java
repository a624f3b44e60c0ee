package sluice.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a record: its fields under their names, but for what is sealed, which nobody outside can read; and
 * before them {@code partition} and {@code offset}, which order the records of one user.
 */
final class Columns {
    private static final String SEALED = "sealed";

    private final Schema schema;

    /** @param record the record's own schema */
    Columns(Schema record) {
        var fields = new ArrayList<Schema.Field>();
        fields.add(new Schema.Field("partition", Schema.create(Schema.Type.INT)));
        fields.add(new Schema.Field("offset", Schema.create(Schema.Type.LONG)));
        fields.addAll(open(record));
        this.schema = Schema.createRecord(record.getName(), record.getDoc(), record.getNamespace(), false, fields);
    }

    Schema schema() {
        return schema;
    }

    /** The record as a row. */
    GenericRecord row(int partition, long offset, IndexedRecord read) {
        var row = record(schema, read);
        row.put("partition", partition);
        row.put("offset", offset);
        return row;
    }

    private static List<Schema.Field> open(Schema record) {
        return record.getFields().stream()
                .filter(field -> !field.name().startsWith(SEALED))
                .map(field -> new Schema.Field(field.name(), open(field.name(), field.schema()), field.doc()))
                .toList();
    }

    private static Schema open(String name, Schema type) {
        return switch (type.getType()) {
            case RECORD -> Schema.createRecord(type.getName(), type.getDoc(), type.getNamespace(), false, open(type));
            case ARRAY -> Schema.createArray(open(name, type.getElementType()));
            case MAP -> Schema.createMap(open(name, type.getValueType()));
            case UNION ->
                Schema.createUnion(
                        type.getTypes().stream().map(each -> open(name, each)).toList());
            case STRING -> Schema.create(Schema.Type.STRING);
            case ENUM -> Schema.create(Schema.Type.STRING);
            default -> type;
        };
    }

    private static GenericRecord record(Schema wanted, IndexedRecord read) {
        var row = new GenericData.Record(wanted);
        for (var field : wanted.getFields()) {
            var from = read.getSchema().getField(field.name());
            if (from != null) row.put(field.pos(), value(field.schema(), read.get(from.pos())));
        }
        return row;
    }

    private static @Nullable Object value(Schema wanted, @Nullable Object read) {
        if (read == null) return null;
        if (wanted.getType() == Schema.Type.UNION) {
            return value(
                    wanted.getTypes().stream()
                            .filter(each -> each.getType() != Schema.Type.NULL)
                            .findFirst()
                            .orElseThrow(),
                    read);
        }
        if (read instanceof IndexedRecord nested) return record(wanted, nested);
        if (read instanceof List<?> items)
            return items.stream()
                    .map(item -> value(wanted.getElementType(), item))
                    .toList();
        if (read instanceof Instant instant) return instant.toEpochMilli();
        return wanted.getType() == Schema.Type.STRING ? read.toString() : read;
    }
}
