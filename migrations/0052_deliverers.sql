-- Before each delivery an executor asks who else was at work lately: by their times, or it reads everything that was ever delivered to the chain.
CREATE INDEX delivery_event_lately ON delivery_event (destination_chain, block_time) INCLUDE (account) WHERE kind = 'Delivered';
