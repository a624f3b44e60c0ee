package sluice.runtime.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/** Bounds RocksDB's memory, one block cache and one write buffer for all stores of the process together; and its memory of what is gone. */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    private static final long CACHE_BYTES = 96L << 20;
    private static final long WRITE_BUFFERS_BYTES = 48L << 20;
    private static final long WRITE_BUFFER_BYTES = 8L << 20;

    /** What was deleted, or replaced, lies on no disk for much longer (ADR 21). */
    private static final Duration REWRITTEN_AFTER = Duration.ofDays(1);

    /** Held for the life of the process: closed under a store, it would take the process with it. */
    private static final class Shared {
        private static final Cache CACHE = new LRUCache(CACHE_BYTES);
        private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFERS_BYTES, CACHE);
    }

    @Override
    public void setConfig(String store, Options options, Map<String, Object> settings) {
        var table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(Shared.CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        options.setWriteBufferManager(Shared.WRITE_BUFFERS);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(2);
        options.setPeriodicCompactionSeconds(REWRITTEN_AFTER.toSeconds());
        options.setTableFormatConfig(table);
    }

    @Override
    public void close(String store, Options options) {
        // the cache is shared by all stores and stays
    }
}
