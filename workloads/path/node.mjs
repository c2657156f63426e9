// The path workload on node:http; number, UUID and date are checked by hand.
import { json, Refusal } from "../../baselines/node/router.mjs";
import { types } from "../../baselines/node/values.mjs";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function dayOf(text) {
  const day = DAY.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(NaN);
  if (Number.isNaN(day.getTime())) throw new Refusal("day is not a date");
  return day.toISOString().slice(0, 10);
}

export function routes(app) {
  app.get("/path/simple/{name}", (_, reply, { name }) => json(reply, { name }));
  app.get("/path/multiple/{user}/{post}", (_, reply, { user, post }) => json(reply, { user, post }));
  app.get("/path/deep/{one}/{two}/{three}/{four}/{five}", (_, reply, parameters) =>
    json(reply, parameters),
  );
  app.get("/path/int/{id}", (_, reply, { id }) => json(reply, { id: types.int("id", id) }));
  app.get("/path/uuid/{id}", (_, reply, { id }) => {
    if (!UUID.test(id)) throw new Refusal("id is not a UUID");
    json(reply, { id: id.toLowerCase() });
  });
  app.get("/path/date/{day}", (_, reply, { day }) => json(reply, { day: dayOf(day) }));
}
