-- What is asked, by the arguments: kind token members source
-- Each thread has numbers of its own, so that no receipt is sent twice.
local kind, token, members, source
local thread, count = 0, 0
local threads = 0
local headers

function setup(each)
  each:set("thread", threads)
  threads = threads + 1
end

function init(args)
  kind, token, members, source = args[1], args[2], tonumber(args[3]), args[4]
  headers = { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json" }
  math.randomseed(thread + 1)
end

local function member()
  return string.format("%06d", math.random(0, members - 1))
end

local function line()
  local pieces = math.random(1, 6)
  local item = math.random(10000, 10998)
  return string.format('{"item":"%d","quantity":%d,"amount_minor":%d}', item, pieces, pieces * math.random(50, 2000))
end

local function receipt()
  count = count + 1
  return string.format(
    '{"source":"%s","number":"%d-%d","occurred_at":"2011-12-09T10:00:00+00:00","branch":"germany",'
      .. '"member":{"external_id":"%s"},"currency":"GBP","lines":[%s,%s,%s]}',
    source, thread, count, member(), line(), line(), line()
  )
end

local function redemption()
  count = count + 1
  headers["Idempotency-Key"] = string.format("%s-%d-%d", source, thread, count)
  return wrk.format("POST", "/api/v1/redemptions", headers, string.format(
    '{"branch":"germany","member":{"external_id":"%s"},"points":1}', member()
  ))
end

local asked = {
  purchases = function() return wrk.format("POST", "/api/v1/purchases", headers, receipt()) end,
  preview = function() return wrk.format("POST", "/api/v1/previews", headers, receipt()) end,
  lookup = function() return wrk.format("GET", "/api/v1/members?external_id=" .. member(), headers) end,
  balance = function() return wrk.format("GET", "/api/v1/wallets?external_id=" .. member(), headers) end,
  redeem = redemption,
  batch = function()
    local items = {}
    for place = 1, 500 do items[place] = receipt() end
    return wrk.format("POST", "/api/v1/purchases:batch", headers, '{"items":[' .. table.concat(items, ",") .. "]}")
  end,
}

function asked.mixed()
  local wish = math.random(1, 10)
  if wish == 1 then return asked.balance() end
  if wish == 2 then return asked.redeem() end
  return asked.purchases()
end

function request()
  return asked[kind]()
end

function done(summary, latency, requests)
  local failed = summary.errors
  io.write(string.format(
    "figures %d %d %d %d %d %d\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    failed.status, failed.connect + failed.read + failed.write + failed.timeout
  ))
end
